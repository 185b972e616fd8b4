import { Client, type ClientConfig, type CustomTypesConfig, types } from "pg";

/** What a client of the database is for, and how it is used. */
export interface ClientUse {
  /** The URL of the database. */
  readonly url: string;
  /** What it is for, as the database lists it. */
  readonly purpose: string;
  /** How long a statement may take, in milliseconds; 0 is without end. */
  readonly answerMs: number;
  /** How long it may wait for a lock, in milliseconds; without end where absent. */
  readonly lockMs?: number;
  /** Whether statements are sent without waiting for the answers to those before. */
  readonly pipeline?: boolean;
  /** Called when its connection has ended, for whatever reason, also one that was never open. */
  readonly onEnd: (client: Client) => void;
  /** Runs before anything else does; when it rejects there is no client. */
  readonly prepare?: ((client: Client) => Promise<unknown>) | undefined;
}

/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 2_500;
/** After how much silence the system asks whether the database is still there, in milliseconds; Node has it ask ten times, each second. */
const PROBE_AFTER_MS = 10_000;

/** Has the database find out within half a minute that this machine is gone, for what holds locks: by itself it takes two hours. */
export const NOTICE_VANISHED = `select set_config('tcp_keepalives_idle', '10', false),
  set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)`;

const INT8 = 20;

/** Numbers of this store are below 2 ** 53, so that they are numbers here too. */
const numbers: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    // The parser of a type of the catalogue, or ours.
    (oid === INT8 ? Number : types.getTypeParser(oid, format)) as ReturnType<CustomTypesConfig["getTypeParser"]>,
};

/**
 * Opens a client of the database; rejects with what keeps it from that, and then there is nothing to end.
 * @throws Error when the URL is none.
 */
export async function openClient({ onEnd, prepare, ...use }: ClientUse): Promise<Client> {
  const client = new Client(configOf(use));
  // Also before it is the caller's: an error that nobody listens to would end the process.
  client.on("error", () => onEnd(client));
  client.on("end", () => onEnd(client));
  try {
    await client.connect();
    await prepare?.(client);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

function configOf({ url, purpose, answerMs, lockMs, pipeline }: Omit<ClientUse, "onEnd" | "prepare">): ClientConfig {
  const config = {
    connectionString: url,
    application_name: `triptych ${purpose}`,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    types: numbers,
    query_timeout: answerMs,
    ...(lockMs !== undefined && { lock_timeout: lockMs }),
    ...(pipeline !== undefined && { pipeline }),
  };
  // The types of pg know nothing of pipelining.
  return config as ClientConfig;
}
