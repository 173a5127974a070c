# An image with the command line, from the distribution:
#   ./mvnw -Pdist -DskipTests package && docker build -t odin .
#   docker run --rm odin demo

FROM eclipse-temurin:25-jre-noble AS unpacked
# ADD unpacks it.
ADD odin-persistence-dist/target/odin-*.tar.gz /opt/
RUN mv /opt/odin-* /opt/odin

FROM eclipse-temurin:25-jre-noble
# PostgreSQL, which demo and bench start, wants an account with a name and not root.
RUN useradd --uid 10001 --create-home odin
COPY --from=unpacked /opt/odin /opt/odin
# By number, so that an orchestrator can see that it is not root.
USER 10001
WORKDIR /home/odin
ENTRYPOINT ["/opt/odin/bin/odin"]
CMD ["--help"]
