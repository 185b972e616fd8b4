// Connect's adapter for Node as it comes, over HTTP/1.1.
import { createServer } from "node:http";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { listenOnLoopback } from "./announce.ts";
import { trivialGreeter } from "./greeter.ts";

listenOnLoopback(
  createServer(connectNodeAdapter({ routes: (router) => router.service(GreeterService, trivialGreeter) })),
);
