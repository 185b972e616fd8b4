import type { Attack } from "./attack.ts";
import { abortedDownloads } from "./attacks/aborted-downloads.ts";
import { byteRanges } from "./attacks/byte-ranges.ts";
import { compressionBombs } from "./attacks/compression-bombs.ts";
import { mutatedRecordings } from "./attacks/mutated-recordings.ts";
import { oddFrames } from "./attacks/odd-frames.ts";
import { oddRequests } from "./attacks/odd-requests.ts";
import { randomBytes } from "./attacks/random-bytes.ts";
import { webSockets } from "./attacks/web-sockets.ts";

/** Every attack that a server has to survive. */
export const allAttacks: readonly Attack[] = [
  randomBytes,
  mutatedRecordings,
  oddRequests,
  byteRanges,
  abortedDownloads,
  oddFrames,
  compressionBombs,
  webSockets,
];
