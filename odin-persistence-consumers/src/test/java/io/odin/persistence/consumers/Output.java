package io.odin.persistence.consumers;

/**
 * What a program that has ended has written.
 *
 * @param exitCode 0 for success
 * @param out its standard output
 * @param log its standard error
 */
record Output(int exitCode, String out, String log) {}
