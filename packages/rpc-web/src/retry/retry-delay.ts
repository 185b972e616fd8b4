import { fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { DurationSchema, durationMs } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectError } from "@connectrpc/connect";
import { pushbackOf } from "./pushback.ts";

const FIRST_CEILING_MS = 200;
const LAST_CEILING_MS = 5_000;
/** The longest that a server can have a call wait: a person would take a longer wait for a page that hangs, and timers do not run for as long as headers can say. */
const LONGEST_WAIT_MS = 60_000;
/** By how much a wait that the server asks for is made longer at most, as a share of it: so that those who were refused together do not come back together. */
const JITTER = 0.25;

/**
 * How long to wait before a call is made again that has failed so many times (from 0), in milliseconds; undefined where it is not to be made again. A server
 * says it by `google.rpc.RetryInfo` or `grpc-retry-pushback-ms`, and that it is not to be by a negative one, or one of more than a minute. Where it does not, what is UNAVAILABLE is tried
 * again after 0 to 0.2 seconds, then up to twice as long each time, and what is RESOURCE_EXHAUSTED is not: it may be so for good.
 */
export function retryDelay(error: ConnectError, failures: number, random: () => number): number | undefined {
  if (error.code !== Code.Unavailable && error.code !== Code.ResourceExhausted) return undefined;
  const asked = retryInfoOf(error) ?? pushbackOf(error);
  if (asked !== undefined && (asked < 0 || asked > LONGEST_WAIT_MS)) return undefined;
  if (asked !== undefined) return Math.ceil(asked * (1 + JITTER * random()));
  if (error.code === Code.ResourceExhausted) return undefined;
  return Math.round(Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** failures) * random());
}

/** What the only field of a `google.rpc.RetryInfo` says, in milliseconds; undefined where there is none that can be read. */
function retryInfoOf({ details }: ConnectError): number | undefined {
  for (const detail of details) {
    if (!("type" in detail) || detail.type !== "google.rpc.RetryInfo") continue;
    try {
      return readRetryInfo(detail.value);
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function readRetryInfo(bytes: Uint8Array): number | undefined {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.LengthDelimited) return durationMs(fromBinary(DurationSchema, reader.bytes()));
    reader.skip(type, field);
  }
  return undefined;
}
