import { describe, expect, it } from "vitest";
import { type Config, InvalidConfig, readConfig } from "./config.ts";

const defaults: Config = {
  port: 8080,
  host: undefined,
  dataDir: "data",
  database: undefined,
  publicOrigin: undefined,
  trustProxy: undefined,
  processes: 1,
  connectionAge: undefined,
  allowedOrigins: [],
  allowedHosts: [],
  tls: undefined,
  logLevel: "info",
  logFormat: "json",
  identity: undefined,
  signIn: undefined,
  reflection: true,
  metricsAccess: { kind: "everybody" },
  tracing: undefined,
  legacyTestClient: "client-stream",
  maxMessageBytes: 4_194_304,
  maxMessageElements: 16_384,
  maxBufferedBytes: 268_435_456,
  maxCallsInFlight: 20_000,
  fairShare: undefined,
  maxEventLoopDelayMs: undefined,
  maxOrdersPerCaller: 10_000,
  maxConnectionsPerAddress: 1_000,
  maxResponsesPerAddress: 500,
  keepAliveMs: 75_000,
  heartbeatMs: 15_000,
  drainMs: 8_000,
  comparesRankings: true,
  showsOperations: false,
  explorerTargets: [],
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
    [
      { DATABASE_URL: "postgres://u:p@db:5432/n", LIVE_WAKEUP: "poll", PROCESSES: "4" },
      { database: { url: "postgres://u:p@db:5432/n", wakeUp: "poll" }, processes: 4 },
    ],
    [{ TLS: "self-signed" }, { tls: { kind: "self-signed" } }],
    [{ TLS_CERT: "c.pem", TLS_KEY: "k.pem" }, { tls: { kind: "files", cert: "c.pem", key: "k.pem" } }],
    [{ LOG_LEVEL: "silent" }, { logLevel: "silent" }],
    [{ LOG_FORMAT: "pretty" }, { logFormat: "pretty" }],
    [{ OTEL_TRACES_SAMPLER: "always_off" }, {}],
    [{ SHOW_OPERATIONS: "yes" }, { showsOperations: true }],
    [
      { EXPLORER_TARGETS: "localhost:50051, [::1]:80,https://api.example.com,https://10.0.0.1:8443" },
      {
        explorerTargets: [
          { address: "grpc://localhost:50051", url: "http://localhost:50051" },
          { address: "grpc://[::1]:80", url: "http://[::1]" },
          { address: "grpcs://api.example.com:443", url: "https://api.example.com" },
          { address: "grpcs://10.0.0.1:8443", url: "https://10.0.0.1:8443" },
        ],
      },
    ],
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
          heartbeatMs: 15_000,
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
          heartbeatMs: 15_000,
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
          heartbeatMs: 15_000,
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
          heartbeatMs: 15_000,
        },
      },
    ],
    [{ TRUST_PROXY: "2" }, { trustProxy: { hops: 2 } }],
    [
      { TRUST_PROXY: "10.0.0.0/8, fd00::/8,127.0.0.1" },
      { trustProxy: { networks: ["10.0.0.0/8", "fd00::/8", "127.0.0.1"] } },
    ],
    [{ MAX_CONNECTION_AGE_SECONDS: "600" }, { connectionAge: { ageMs: 600_000, graceMs: 30_000 } }],
    [
      { MAX_CONNECTION_AGE_SECONDS: "600", MAX_CONNECTION_AGE_GRACE_SECONDS: "5" },
      { connectionAge: { ageMs: 600_000, graceMs: 5_000 } },
    ],
    [{ LEGACY_TEST_CLIENT: "bidi" }, { legacyTestClient: "bidi" }],
    [{ MAX_MESSAGE_BYTES: "1024" }, { maxMessageBytes: 1_024 }],
    [{ MAX_MESSAGE_ELEMENTS: "100" }, { maxMessageElements: 100 }],
    [{ MAX_BUFFERED_BYTES: "0" }, { maxBufferedBytes: 0 }],
    [{ MAX_CALLS_IN_FLIGHT: "0" }, { maxCallsInFlight: 0 }],
    [{ MAX_ORDERS_PER_CALLER: "0" }, { maxOrdersPerCaller: 0 }],
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

  it("sheds calls where it is known who calls, unless it is told otherwise", () => {
    const delayOf = (environment: Record<string, string>) => readConfig(environment).maxEventLoopDelayMs;
    expect(delayOf({ API_KEYS_FILE: "keys.json" })).toBe(250);
    expect(delayOf({ API_KEYS_FILE: "keys.json", MAX_EVENT_LOOP_DELAY_MS: "0" })).toBeUndefined();
    expect(delayOf({ MAX_EVENT_LOOP_DELAY_MS: "100" })).toBe(100);
  });

  it("has callers share where it is known who calls, unless they are told otherwise", () => {
    const strict = { costPerSecond: 100, burst: 1_000, maxCalls: 200, maxStreams: 100, maxBufferedBytes: 33_554_432 };
    expect(readConfig({ API_KEYS_FILE: "keys.json" }).fairShare).toEqual(strict);
    expect(readConfig({ API_KEYS_FILE: "keys.json", CALLER_COST_PER_SECOND: "5" }).fairShare).toEqual({
      ...strict,
      costPerSecond: 5,
      burst: 50,
    });
    const none = { costPerSecond: 0, burst: 0, maxCalls: 0, maxStreams: 0, maxBufferedBytes: 0 };
    expect(readConfig({ MAX_STREAMS_PER_CALLER: "7" }).fairShare).toEqual({ ...none, maxStreams: 7 });
    const noLimits = { CALLER_COST_PER_SECOND: "0", MAX_CALLS_PER_CALLER: "0", MAX_STREAMS_PER_CALLER: "0" };
    const off = { ...noLimits, MAX_BUFFERED_BYTES_PER_CALLER: "0" };
    expect(readConfig({ API_KEYS_FILE: "keys.json", ...off }).fairShare).toBeUndefined();
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
    [{ EXPLORER_TARGETS: "localhost" }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "a:1,," }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "http://a:1" }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "a:70000" }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "user@a:1" }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "a:1/path" }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "https://a.example/path" }, "EXPLORER_TARGETS takes host:port"],
    [{ EXPLORER_TARGETS: "https://user:pass@a.example" }, "EXPLORER_TARGETS takes host:port"],
    [{ SHOW_SPANS: "some" }, "SHOW_SPANS takes yes or no"],
    [{ TRUST_TRACEPARENT: "maybe" }, "TRUST_TRACEPARENT takes yes or no"],
    [{ LEGACY_TEST_CLIENT: "unary" }, "LEGACY_TEST_CLIENT takes client-stream or bidi"],
    [{ MAX_MESSAGE_BYTES: "1023" }, "MAX_MESSAGE_BYTES takes"],
    [{ MAX_MESSAGE_ELEMENTS: "99" }, "MAX_MESSAGE_ELEMENTS takes"],
    [{ MAX_BUFFERED_BYTES: "-1" }, "MAX_BUFFERED_BYTES takes"],
    [{ MAX_CALLS_IN_FLIGHT: "1000001" }, "MAX_CALLS_IN_FLIGHT takes"],
    [{ CALLER_COST_PER_SECOND: "-1" }, "CALLER_COST_PER_SECOND takes a cost"],
    [{ CALLER_COST_PER_SECOND: "1", CALLER_COST_AT_ONCE: "0" }, "CALLER_COST_AT_ONCE is 0"],
    [{ MAX_CALLS_PER_CALLER: "1000001" }, "MAX_CALLS_PER_CALLER takes calls"],
    [{ MAX_CONNECTIONS_PER_ADDRESS: "-1" }, "MAX_CONNECTIONS_PER_ADDRESS takes"],
    [{ MAX_ANSWERS_PER_ADDRESS: "1000001" }, "MAX_ANSWERS_PER_ADDRESS takes"],
    [{ KEEP_ALIVE_SECONDS: "0" }, "KEEP_ALIVE_SECONDS takes"],
    [{ MAX_CONNECTION_AGE_SECONDS: "86401" }, "MAX_CONNECTION_AGE_SECONDS takes"],
    [{ MAX_CONNECTION_AGE_GRACE_SECONDS: "0" }, "MAX_CONNECTION_AGE_GRACE_SECONDS takes"],
    [{ TRUST_PROXY: "0" }, "TRUST_PROXY takes how many proxies"],
    [{ TRUST_PROXY: "10.0.0.0/33" }, "TRUST_PROXY takes how many proxies"],
    [{ TRUST_PROXY: "10.0.0.1/8/9" }, "TRUST_PROXY takes how many proxies"],
    [{ TRUST_PROXY: "proxy.example.com" }, "TRUST_PROXY takes how many proxies"],
    [{ LIVE_WAKEUP: "often" }, "LIVE_WAKEUP takes listen or poll"],
    [{ PROCESSES: "0" }, "PROCESSES takes processes from 1 to 64"],
    [{ PROCESSES: "2" }, "PROCESSES is 2: the store in DATA_DIR takes one; set DATABASE_URL, or leave it out"],
    [
      { PROCESSES: "2", DATABASE_URL: "postgres://db/n", TLS: "self-signed" },
      "PROCESSES is 2: each would make a certificate; set TLS_CERT and TLS_KEY",
    ],
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

  it.each(["mysql://u:s3cret@db/n", "s3cret", "postgres://u:s3cret@db:port/n"])(
    "does not show a URL that is none of a database: %s",
    (url) => {
      const read = () => readConfig({ DATABASE_URL: url });
      expect(read).toThrow("DATABASE_URL takes the URL of a database");
      expect(read).not.toThrow("s3cret");
    },
  );

  it("names every bad variable at once", () => {
    expect(() => readConfig({ PORT: "x", TLS: "x" })).toThrow(/PORT takes.*\nTLS takes/);
  });
});

describe("who calls", () => {
  const oidc = { OIDC_ISSUER: "https://id.example.com", OIDC_AUDIENCE: "books" };

  it("is asked by tokens, by keys or by both, and the metrics are then for this machine", () => {
    expect(readConfig({ ...oidc, OIDC_ADMINS: "root, ann" })).toMatchObject({
      identity: {
        oidc: { issuer: "https://id.example.com", audience: "books", admins: ["root", "ann"] },
        apiKeysFile: undefined,
        reflection: "anyone",
      },
      metricsAccess: { kind: "loopback" },
    });
    expect(readConfig({ API_KEYS_FILE: "keys.json", REFLECTION: "signed-in", METRICS_TOKEN: "s3cret" })).toMatchObject({
      identity: { oidc: undefined, apiKeysFile: "keys.json", reflection: "signed in" },
      metricsAccess: { kind: "token", token: "s3cret" },
    });
  });

  it.each([
    [{ OIDC_ISSUER: "https://id.example.com" }, "OIDC_AUDIENCE is missing"],
    [{ OIDC_AUDIENCE: "books" }, "OIDC_ISSUER is missing"],
    [{ OIDC_ADMINS: "root", API_KEYS_FILE: "keys.json" }, "OIDC_ISSUER is missing"],
    [{ ...oidc, OIDC_ISSUER: "http://id.example.com" }, "OIDC_ISSUER takes the URL of an issuer"],
    [{ TLS_CLIENT_CA: "ca.pem" }, "set TLS_CERT and TLS_KEY, or TLS, too"],
    [{ TLS_CLIENT_ADMINS: "operator", API_KEYS_FILE: "keys.json" }, "TLS_CLIENT_CA is missing"],
    [{ ...oidc, OIDC_CLIENT_ID: "triptych" }, "PUBLIC_URL is missing"],
    [{ OIDC_CLIENT_ID: "triptych", PUBLIC_URL: "https://app.example.com" }, "OIDC_ISSUER is missing"],
    [{ ...oidc, OIDC_CLIENT_SECRET: "hidden" }, "OIDC_CLIENT_ID is missing"],
    [{ PUBLIC_URL: "http://app.example.com" }, "PUBLIC_URL takes the origin that browsers see"],
    [{ PUBLIC_URL: "https://app.example.com/books" }, "PUBLIC_URL takes the origin that browsers see"],
    [{ OIDC_SCOPES: "profile" }, "OIDC_SCOPES takes scopes"],
    [{ REFLECTION: "admin" }, "REFLECTION is admin: set OIDC_ISSUER, API_KEYS_FILE or TLS_CLIENT_CA, too"],
  ])("cannot be asked by halves: %j", (environment, problem) => {
    expect(() => readConfig(environment)).toThrow(problem);
  });

  it("shows no token that it does not take", () => {
    expect(() => readConfig({ METRICS_TOKEN: "my secret" })).toThrow(/^METRICS_TOKEN takes .*got something else$/);
  });
});
