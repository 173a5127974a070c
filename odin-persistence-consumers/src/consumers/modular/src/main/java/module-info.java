/** A program in a module of its own. */
module consumer {
  requires io.odin.persistence.api;
}
