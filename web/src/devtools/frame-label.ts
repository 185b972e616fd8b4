import { type FrameMeaning, isCompressed, type RecordedFrame } from "@triptych/rpc-web";

const labels: Readonly<Record<FrameMeaning, string>> = {
  message: "message",
  headers: "headers",
  trailers: "trailers",
  "end-stream": "end of stream",
  error: "error",
  "half-close": "half-close",
  control: "control",
};

/** What a frame is for in words, such as `message, compressed`. */
export function frameLabel({ meaning, flag, incomplete }: RecordedFrame): string {
  return [labels[meaning], ...(isCompressed(flag) ? ["compressed"] : []), ...(incomplete ? ["cut off"] : [])].join(
    ", ",
  );
}

/** The flag of a frame as it is in its envelope, such as `0x80`; `no flag` for a body without envelopes. */
export function flagText(flag: number | undefined): string {
  return flag === undefined ? "no flag" : `0x${flag.toString(16).padStart(2, "0")}`;
}
