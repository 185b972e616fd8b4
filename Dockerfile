# The server in an image of its own: Node, the libraries it loads, the packages and the web app, and nothing else: no shell, no package manager. It runs as
# another user than root and writes to /data alone, so that its root can be read-only. docs/operating.md says how to run it, and what of this was tried.
FROM docker.io/library/node:26-bookworm-slim AS build
WORKDIR /checkout
COPY . .
RUN npm run setup && node scripts/assemble-image.mjs /image

FROM scratch
COPY --from=build /image /
COPY --from=build --chown=10001:10001 /image/data /data
WORKDIR /triptych
USER 10001:10001
ENV MALLOC_ARENA_MAX=2 DATA_DIR=/data PORT=8080
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["/bin/node", "scripts/check-ready.mjs"]
ENTRYPOINT ["/bin/node", "--max-semi-space-size=16", "server/src/main.ts"]
