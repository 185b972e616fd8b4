import { describe, expect, it } from "vitest";
import { type Config, InvalidConfig, readConfig } from "./config.ts";

const defaults: Config = {
  port: 8080,
  host: undefined,
  dataDir: "data",
  allowedOrigins: [],
  allowedHosts: [],
  tls: undefined,
  logLevel: "info",
  logFormat: "json",
  tracing: undefined,
  legacyTestClient: "client-stream",
  maxMessageBytes: 4_194_304,
  maxMessageElements: 16_384,
  maxBufferedBytes: 268_435_456,
  maxCallsInFlight: 20_000,
  maxConnectionsPerAddress: 1_000,
  maxResponsesPerAddress: 500,
  keepAliveMs: 75_000,
  heartbeatMs: 15_000,
  drainMs: 8_000,
  comparesRankings: true,
  training: { changedPercent: 1, intervalMs: 3_600_000 },
};

describe("readConfig", () => {
  it.each<[Record<string, string>, Partial<Config>]>([
    [{}, {}],
    [{ PORT: "" }, {}],
    [{ PORT: "0" }, { port: 0 }],
    [{ PORT: "65535" }, { port: 65_535 }],
    [{ HOST: "127.0.0.1" }, { host: "127.0.0.1" }],
    [{ HOST: "::1" }, { host: "::1" }],
    [{ DATA_DIR: "/var/lib/triptych" }, { dataDir: "/var/lib/triptych" }],
    [
      { ALLOWED_ORIGINS: "https://a.example, http://localhost:5173" },
      { allowedOrigins: ["https://a.example", "http://localhost:5173"] },
    ],
    [{ ALLOWED_HOSTS: "app.example.com, .example.org" }, { allowedHosts: ["app.example.com", ".example.org"] }],
    [{ ALLOWED_HOSTS: "*" }, { allowedHosts: ["*"] }],
    [{ TLS: "self-signed" }, { tls: { kind: "self-signed" } }],
    [{ TLS_CERT: "c.pem", TLS_KEY: "k.pem" }, { tls: { kind: "files", cert: "c.pem", key: "k.pem" } }],
    [{ LOG_LEVEL: "silent" }, { logLevel: "silent" }],
    [{ LOG_FORMAT: "pretty" }, { logFormat: "pretty" }],
    [{ OTEL_TRACES_SAMPLER: "always_off" }, {}],
    [
      { SHOW_SPANS: "yes" },
      {
        tracing: {
          exporter: undefined,
          resource: { "service.name": "triptych" },
          sampler: "parentbased_always_on",
          ratio: 1,
          trustsParents: false,
          showsSpans: true,
        },
      },
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318/" },
      {
        tracing: {
          exporter: { url: "http://localhost:4318/v1/traces", headers: {} },
          resource: { "service.name": "triptych" },
          sampler: "parentbased_always_on",
          ratio: 1,
          trustsParents: false,
          showsSpans: false,
        },
      },
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: "HTTPS://otlp.example.com:4318?tenant=1", OTEL_TRACES_SAMPLER_ARG: ".5" },
      {
        tracing: {
          exporter: { url: "https://otlp.example.com:4318/v1/traces?tenant=1", headers: {} },
          resource: { "service.name": "triptych" },
          sampler: "parentbased_always_on",
          ratio: 0.5,
          trustsParents: false,
          showsSpans: false,
        },
      },
    ],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example.com/in",
        OTEL_EXPORTER_OTLP_HEADERS: "api-key=a=b, x=%20y",
        OTEL_RESOURCE_ATTRIBUTES: "service.name=a,deployment.environment.name=test",
        OTEL_SERVICE_NAME: "shop",
        OTEL_TRACES_SAMPLER: "traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "0.25",
        TRUST_TRACEPARENT: "yes",
      },
      {
        tracing: {
          exporter: { url: "https://otlp.example.com/in/v1/traces", headers: { "api-key": "a=b", x: " y" } },
          resource: { "service.name": "shop", "deployment.environment.name": "test" },
          sampler: "traceidratio",
          ratio: 0.25,
          trustsParents: true,
          showsSpans: false,
        },
      },
    ],
    [{ LEGACY_TEST_CLIENT: "bidi" }, { legacyTestClient: "bidi" }],
    [{ MAX_MESSAGE_BYTES: "1024" }, { maxMessageBytes: 1_024 }],
    [{ MAX_MESSAGE_ELEMENTS: "100" }, { maxMessageElements: 100 }],
    [{ MAX_BUFFERED_BYTES: "0" }, { maxBufferedBytes: 0 }],
    [{ MAX_CALLS_IN_FLIGHT: "0" }, { maxCallsInFlight: 0 }],
    [{ MAX_CONNECTIONS_PER_ADDRESS: "10" }, { maxConnectionsPerAddress: 10 }],
    [{ MAX_ANSWERS_PER_ADDRESS: "0" }, { maxResponsesPerAddress: 0 }],
    [{ KEEP_ALIVE_SECONDS: "3600" }, { keepAliveMs: 3_600_000 }],
    [{ HEARTBEAT_SECONDS: "1" }, { heartbeatMs: 1_000 }],
    [{ DRAIN_SECONDS: "600" }, { drainMs: 600_000 }],
    [
      { TRAINING_CHANGED_PERCENT: "5", TRAINING_INTERVAL_MINUTES: "1" },
      { training: { changedPercent: 5, intervalMs: 60_000 } },
    ],
  ])("reads %o", (environment, expected) => {
    expect(readConfig(environment)).toEqual({ ...defaults, ...expected });
  });

  it.each([
    [{ PORT: "65536" }, "PORT takes"],
    [{ PORT: "-1" }, "PORT takes"],
    [{ PORT: "8080 " }, "PORT takes"],
    [{ HOST: "a b" }, "HOST takes"],
    [{ ALLOWED_ORIGINS: "https://a.example/path" }, "ALLOWED_ORIGINS takes"],
    [{ ALLOWED_ORIGINS: "*" }, "ALLOWED_ORIGINS takes"],
    [{ ALLOWED_HOSTS: "https://app.example.com" }, "ALLOWED_HOSTS takes"],
    [{ ALLOWED_HOSTS: "app.example.com:8080" }, "ALLOWED_HOSTS takes"],
    [{ ALLOWED_HOSTS: "app.*.com" }, "ALLOWED_HOSTS takes"],
    [{ TLS: "yes" }, "TLS takes self-signed"],
    [{ TLS_CERT: "c.pem" }, "TLS_KEY is missing"],
    [{ TLS_KEY: "k.pem" }, "TLS_CERT is missing"],
    [{ TLS: "self-signed", TLS_CERT: "c.pem", TLS_KEY: "k.pem" }, "TLS is self-signed"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL takes one of"],
    [{ LOG_FORMAT: "text" }, "LOG_FORMAT takes json or pretty"],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318" }, "OTEL_EXPORTER_OTLP_ENDPOINT takes the URL"],
    [{ OTEL_EXPORTER_OTLP_HEADERS: "api-key" }, "OTEL_EXPORTER_OTLP_HEADERS takes names and values"],
    [{ OTEL_RESOURCE_ATTRIBUTES: "a=%" }, "OTEL_RESOURCE_ATTRIBUTES takes names and values"],
    [{ OTEL_TRACES_SAMPLER: "some" }, "OTEL_TRACES_SAMPLER takes one of"],
    [{ OTEL_TRACES_SAMPLER_ARG: "2" }, "OTEL_TRACES_SAMPLER_ARG takes a ratio"],
    [{ SHOW_SPANS: "some" }, "SHOW_SPANS takes yes or no"],
    [{ TRUST_TRACEPARENT: "maybe" }, "TRUST_TRACEPARENT takes yes or no"],
    [{ LEGACY_TEST_CLIENT: "unary" }, "LEGACY_TEST_CLIENT takes client-stream or bidi"],
    [{ MAX_MESSAGE_BYTES: "1023" }, "MAX_MESSAGE_BYTES takes"],
    [{ MAX_MESSAGE_ELEMENTS: "99" }, "MAX_MESSAGE_ELEMENTS takes"],
    [{ MAX_BUFFERED_BYTES: "-1" }, "MAX_BUFFERED_BYTES takes"],
    [{ MAX_CALLS_IN_FLIGHT: "1000001" }, "MAX_CALLS_IN_FLIGHT takes"],
    [{ MAX_CONNECTIONS_PER_ADDRESS: "-1" }, "MAX_CONNECTIONS_PER_ADDRESS takes"],
    [{ MAX_ANSWERS_PER_ADDRESS: "1000001" }, "MAX_ANSWERS_PER_ADDRESS takes"],
    [{ KEEP_ALIVE_SECONDS: "0" }, "KEEP_ALIVE_SECONDS takes"],
    [{ HEARTBEAT_SECONDS: "0" }, "HEARTBEAT_SECONDS takes"],
    [{ DRAIN_SECONDS: "601" }, "DRAIN_SECONDS takes"],
    [{ RANKING_COMPARISON: "maybe" }, 'RANKING_COMPARISON takes on or off: got "maybe"'],
    [{ TRAINING_INTERVAL_MINUTES: "0" }, "TRAINING_INTERVAL_MINUTES takes"],
  ])("refuses %o and names the variable", (environment, message) => {
    expect(() => readConfig(environment)).toThrow(InvalidConfig);
    expect(() => readConfig(environment)).toThrow(message);
  });

  it.each(["0.5.", "0.5.000", ".", "1.5", "1.01", "-0", "1e0"])("takes no ratio from %s", (text) => {
    expect(() => readConfig({ OTEL_TRACES_SAMPLER_ARG: text })).toThrow("OTEL_TRACES_SAMPLER_ARG takes a ratio");
  });

  it.each([
    ["0", 0],
    ["0.", 0],
    ["0.00", 0],
    ["1.", 1],
    ["1.000", 1],
    [".25", 0.25],
  ])("takes the ratio %s for %d", (text, ratio) => {
    const config = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost", OTEL_TRACES_SAMPLER_ARG: text });
    expect(config.tracing?.ratio).toBe(ratio);
  });

  it.each(["Authorization: Bearer s3cret", "authorization=Bearer%20s3cret%"])(
    "does not show headers: %s",
    (headers) => {
      const read = () => readConfig({ OTEL_EXPORTER_OTLP_HEADERS: headers });
      expect(read).toThrow("OTEL_EXPORTER_OTLP_HEADERS takes names and values");
      expect(read).not.toThrow("s3cret");
    },
  );

  it("names every bad variable at once", () => {
    expect(() => readConfig({ PORT: "x", TLS: "x" })).toThrow(/PORT takes.*\nTLS takes/);
  });
});
