import { z } from "zod";
import type { TracingConfig } from "./tracing/create-tracing.ts";
import { SAMPLERS } from "./tracing/sampler.ts";

/** Everything that can be set from outside, checked and typed. `.env.example` describes each variable. */
export interface Config {
  readonly port: number;
  /** The address to listen on; undefined means every address of the machine. */
  readonly host: string | undefined;
  readonly dataDir: string;
  /** The origins, besides its own, whose pages may call the server. */
  readonly allowedOrigins: readonly string[];
  /** The host names, besides localhost, by which browsers may reach the server; `*` for any. */
  readonly allowedHosts: readonly string[];
  /** How the port is encrypted; undefined means clear text. */
  readonly tls: TlsConfig | undefined;
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "silent";
  /** Whether a line of the log is JSON, for programs, or text, for people. */
  readonly logFormat: "json" | "pretty";
  readonly legacyTestClient: "client-stream" | "bidi";
  /** The largest message the server reads, in bytes, after decompression. */
  readonly maxMessageBytes: number;
  /** The most elements of a message the server reads: fields, items, entries, values. */
  readonly maxMessageElements: number;
  /** How many bytes all calls together may hold of messages that are not complete; 0 means as many as come. */
  readonly maxBufferedBytes: number;
  /** How many calls may be in flight; 0 means as many as come. */
  readonly maxCallsInFlight: number;
  /** How many connections one address may have; 0 means as many as it opens. */
  readonly maxConnectionsPerAddress: number;
  /** How many answers that are no calls one address may have open; 0 means as many as there are places. */
  readonly maxResponsesPerAddress: number;
  /** How long an HTTP/1.1 connection without a request is kept, in milliseconds. */
  readonly keepAliveMs: number;
  /** How often a quiet live stream says that it is alive, in milliseconds. */
  readonly heartbeatMs: number;
  /** How long a drain may take, in milliseconds. */
  readonly drainMs: number;
  /** Whether lists that people are shown take part in a comparison of two rankings. */
  readonly comparesRankings: boolean;
  /** How calls are traced; undefined means not at all. */
  readonly tracing: TracingConfig | undefined;
  /** When the recommender is trained again. */
  readonly training: {
    /** How many likes of a hundred have to change for a training at once. */
    readonly changedPercent: number;
    /** The longest that a change waits for a training, in milliseconds. */
    readonly intervalMs: number;
  };
}

/** A certificate made for this run, or the files of one. */
export type TlsConfig = { readonly kind: "self-signed" } | { readonly kind: "files"; cert: string; key: string };

/** The environment is not usable; the message has one line for each bad variable. */
export class InvalidConfig extends Error {
  override name = "InvalidConfig";
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

const integer = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .default(fallback);

/** `name=value` pairs as OpenTelemetry writes them: percent-encoded, separated by commas. */
const pairs = z
  .string()
  .transform((text) => text.split(",").map((pair) => pair.trim().split("=")))
  .refine((all) => all.every(([name = "", ...value]) => name.trim() !== "" && value.length > 0 && canDecode(value)))
  .transform((all) => Object.fromEntries(all.map(([name = "", ...value]) => [name.trim(), decoded(value)])))
  .default({});

const ratio = z
  .string()
  .regex(/^(?:0?\.\d+|[01]\.?|1\.0+)$/)
  .transform(Number)
  .default(1);

const HOST_NAME = /^(?:\*|\.?[a-z\d_-]+(?:\.[a-z\d_-]+)*)$/i;

interface Variable {
  /** What it takes, as its error message says it. */
  readonly takes: string;
  /** What checks it. */
  readonly schema: z.ZodType;
  /** Whether its value may be a secret, and is shown nowhere. */
  readonly isSecret?: boolean;
}

const variables = {
  PORT: { takes: "a port from 0 to 65535", schema: integer(8080, 0, 65_535) },
  HOST: {
    takes: "an address or host name",
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .optional(),
  },
  DATA_DIR: { takes: "a folder", schema: z.string().default("data") },
  ALLOWED_ORIGINS: {
    takes: "origins such as https://app.example.com, separated by commas",
    schema: z
      .string()
      .transform((text) => text.split(",").map((origin) => origin.trim()))
      .refine((origins) => origins.every(isOrigin))
      .default([]),
  },
  ALLOWED_HOSTS: {
    takes: "host names such as app.example.com, or .example.com for all below it, separated by commas, or *",
    schema: z
      .string()
      .transform((text) => text.split(",").map((name) => name.trim()))
      .refine((names) => names.every((name) => HOST_NAME.test(name)))
      .default([]),
  },
  TLS: { takes: "self-signed", schema: z.literal("self-signed").optional() },
  TLS_CERT: { takes: "the file of a certificate in PEM", schema: z.string().optional() },
  TLS_KEY: { takes: "the file of a private key in PEM", schema: z.string().optional() },
  LOG_LEVEL: { takes: `one of ${LOG_LEVELS.join(", ")}`, schema: z.enum(LOG_LEVELS).default("info") },
  LOG_FORMAT: { takes: "json or pretty", schema: z.enum(["json", "pretty"]).default("json") },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    takes: "the URL of a receiver of OTLP over HTTP such as http://localhost:4318",
    schema: z
      .string()
      .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
      .transform(tracesUrl)
      .optional(),
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    takes: "names and values such as api-key=secret, separated by commas",
    schema: pairs,
    isSecret: true,
  },
  OTEL_SERVICE_NAME: { takes: "a name", schema: z.string().optional() },
  OTEL_RESOURCE_ATTRIBUTES: {
    takes: "names and values such as deployment.environment.name=test, separated by commas",
    schema: pairs,
  },
  OTEL_TRACES_SAMPLER: {
    takes: `one of ${SAMPLERS.join(", ")}`,
    schema: z.enum(SAMPLERS).default("parentbased_always_on"),
  },
  OTEL_TRACES_SAMPLER_ARG: { takes: "a ratio from 0 to 1", schema: ratio },
  TRUST_TRACEPARENT: { takes: "yes or no", schema: z.enum(["yes", "no"]).default("no") },
  SHOW_SPANS: { takes: "yes or no", schema: z.enum(["yes", "no"]).default("no") },
  LEGACY_TEST_CLIENT: {
    takes: "client-stream or bidi",
    schema: z.enum(["client-stream", "bidi"]).default("client-stream"),
  },
  MAX_MESSAGE_BYTES: { takes: "bytes from 1024 to 1073741824", schema: integer(4_194_304, 1_024, 1_073_741_824) },
  MAX_MESSAGE_ELEMENTS: { takes: "elements from 100 to 100000000", schema: integer(16_384, 100, 100_000_000) },
  MAX_BUFFERED_BYTES: { takes: "bytes from 0 to 9999999999", schema: integer(268_435_456, 0, 9_999_999_999) },
  MAX_CALLS_IN_FLIGHT: { takes: "calls from 0 to 1000000", schema: integer(20_000, 0, 1_000_000) },
  MAX_CONNECTIONS_PER_ADDRESS: { takes: "connections from 0 to 1000000", schema: integer(1_000, 0, 1_000_000) },
  MAX_ANSWERS_PER_ADDRESS: { takes: "answers from 0 to 1000000", schema: integer(500, 0, 1_000_000) },
  KEEP_ALIVE_SECONDS: { takes: "seconds from 1 to 3600", schema: integer(75, 1, 3_600) },
  HEARTBEAT_SECONDS: { takes: "seconds from 1 to 3600", schema: integer(15, 1, 3_600) },
  DRAIN_SECONDS: { takes: "seconds from 1 to 600", schema: integer(8, 1, 600) },
  RANKING_COMPARISON: { takes: "on or off", schema: z.enum(["on", "off"]).default("on") },
  TRAINING_CHANGED_PERCENT: { takes: "a percentage from 1 to 100", schema: integer(1, 1, 100) },
  TRAINING_INTERVAL_MINUTES: { takes: "minutes from 1 to 10080", schema: integer(60, 1, 10_080) },
} as const satisfies Readonly<Record<string, Variable>>;

type Settings = { readonly [name in keyof typeof variables]: z.output<(typeof variables)[name]["schema"]> };

/**
 * Reads the configuration from environment variables; an empty one counts as not set.
 * @throws InvalidConfig naming each bad variable, what it takes and, unless that may be a secret, what it was given.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const settings = readVariables(environment);
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.DATA_DIR,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    allowedHosts: settings.ALLOWED_HOSTS,
    tls: tlsConfig(settings),
    logLevel: settings.LOG_LEVEL,
    logFormat: settings.LOG_FORMAT,
    legacyTestClient: settings.LEGACY_TEST_CLIENT,
    maxMessageBytes: settings.MAX_MESSAGE_BYTES,
    maxMessageElements: settings.MAX_MESSAGE_ELEMENTS,
    maxBufferedBytes: settings.MAX_BUFFERED_BYTES,
    maxCallsInFlight: settings.MAX_CALLS_IN_FLIGHT,
    maxConnectionsPerAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
    maxResponsesPerAddress: settings.MAX_ANSWERS_PER_ADDRESS,
    keepAliveMs: settings.KEEP_ALIVE_SECONDS * 1_000,
    heartbeatMs: settings.HEARTBEAT_SECONDS * 1_000,
    drainMs: settings.DRAIN_SECONDS * 1_000,
    comparesRankings: settings.RANKING_COMPARISON === "on",
    tracing: tracingConfig(settings),
    training: {
      changedPercent: settings.TRAINING_CHANGED_PERCENT,
      intervalMs: settings.TRAINING_INTERVAL_MINUTES * 60_000,
    },
  };
}

function readVariables(environment: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const entries = Object.entries<Variable>(variables).map(([name, { takes, schema, isSecret }]) => {
    const text = environment[name] || undefined;
    const result = schema.safeParse(text);
    if (!result.success) problems.push(`${name} takes ${takes}: got ${isSecret ? "something else" : `"${text}"`}`);
    return [name, result.data];
  });
  if (problems.length > 0) throw new InvalidConfig(problems.join("\n"));
  // Every variable was parsed by its own schema, which is what Settings says.
  return Object.fromEntries(entries) as Settings;
}

function tlsConfig({ TLS, TLS_CERT, TLS_KEY }: Settings): TlsConfig | undefined {
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined)) {
    const missing = TLS_CERT === undefined ? "TLS_CERT" : "TLS_KEY";
    throw new InvalidConfig(`${missing} is missing: TLS_CERT and TLS_KEY are set together or not at all`);
  }
  if (TLS_CERT !== undefined && TLS_KEY !== undefined) {
    if (TLS !== undefined)
      throw new InvalidConfig("TLS is self-signed: leave it out where TLS_CERT and TLS_KEY are set");
    return { kind: "files", cert: TLS_CERT, key: TLS_KEY };
  }
  return TLS && { kind: "self-signed" };
}

function tracingConfig(settings: Settings): TracingConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES } = settings;
  const showsSpans = settings.SHOW_SPANS === "yes";
  if (url === undefined && !showsSpans) return undefined;
  return {
    showsSpans,
    exporter: url === undefined ? undefined : { url, headers: settings.OTEL_EXPORTER_OTLP_HEADERS },
    resource: {
      "service.name": "triptych",
      ...OTEL_RESOURCE_ATTRIBUTES,
      ...(name !== undefined && { "service.name": name }),
    },
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    trustsParents: settings.TRUST_TRACEPARENT === "yes",
  };
}

/** Where a receiver of OTLP takes spans: a path below its URL, whose query stays. */
function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
  return url.href;
}

/** What stands behind the first `=` of a pair, which may have more of them. */
function decoded(value: readonly string[]): string {
  return decodeURIComponent(value.join("=").trim());
}

function canDecode(value: readonly string[]): boolean {
  try {
    decoded(value);
    return true;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
