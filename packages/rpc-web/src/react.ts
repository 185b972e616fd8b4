// biome-ignore lint/performance/noBarrelFile: the entry for users of React; what they may use is listed here and nowhere else.
export {
  type LiveStreamResult,
  type LiveStreamState,
  type UseLiveStreamOptions,
  useLiveStream,
} from "./react/use-live-stream.ts";
