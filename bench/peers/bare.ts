// The rpc room behind the listener, with one trivial service and nothing else.
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createListener } from "../../server/src/listener/create-listener.ts";
import { createRpcHandler } from "../../server/src/rpc/create-rpc-handler.ts";
import { serviceRoute } from "../../server/src/rpc/service-route.ts";
import { announce } from "./announce.ts";
import { trivialGreeter } from "./greeter.ts";

const rpc = createRpcHandler({
  routes: [serviceRoute(GreeterService, trivialGreeter)],
  interceptors: [],
  maxMessageBytes: 4_194_304,
  draining: new AbortController().signal,
  onError: (error) => console.error(error),
});
const listener = createListener({
  certificate: undefined,
  onRequest(request, response) {
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    if (rpc.handle(request, response)) return;
    response.statusCode = 404;
    response.end();
  },
  onStream: (stream, headers) => rpc.handleStream(stream, headers),
  onUpgrade(request, socket, head) {
    if (!rpc.upgrade(request, socket, head)) socket.destroy();
  },
});
announce(await listener.listen(0, "127.0.0.1"));
