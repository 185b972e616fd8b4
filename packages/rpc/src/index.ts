export { serviceRoute } from "./call/service-route.ts";
export { createRpcHandler } from "./create-rpc-handler.ts";
