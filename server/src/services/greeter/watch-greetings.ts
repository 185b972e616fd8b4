import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Protocol, WatchGreetingsResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { watchFeed } from "../watch-feed.ts";
import type { GreetingMade, RpcProtocol } from "./domain/greeting-made.ts";

const PROTOCOLS: Readonly<Record<RpcProtocol, Protocol>> = {
  grpc: Protocol.GRPC,
  "grpc-web": Protocol.GRPC_WEB,
  connect: Protocol.CONNECT,
  unknown: Protocol.UNSPECIFIED,
};

/** Follows the greetings from where the client asks, until the signal is aborted. */
export const watchGreetings = watchFeed<GreetingMade, typeof WatchGreetingsResponseSchema>({
  schema: WatchGreetingsResponseSchema,
  eventOf: ({ sequence, time, event: { name, language, message, protocol, method } }) => ({
    case: "greeting",
    value: {
      sequence: BigInt(sequence),
      name,
      language,
      message,
      protocol: PROTOCOLS[protocol],
      method,
      time: timestampFromDate(time),
    },
  }),
});
