export type { Routes } from "./call/collect-methods.ts";
export type { CallObserver, CallOutcome } from "./call/observer.ts";
export { type ServiceRoute, serviceRoute } from "./call/service-route.ts";
export type { CallStart } from "./call/settings.ts";
export type { HttpRequest, HttpResponse, RequestListener, UpgradeListener } from "./port/http.ts";
export { createRpcHandler, type RpcHandler, type RpcHandlerOptions } from "./rpc-handler.ts";
export { createRpcListeners, type RpcListeners, type RpcListenersOptions } from "./rpc-listeners.ts";
export { createRpcServer, type RpcAddress, type RpcServer, type RpcServerOptions } from "./rpc-server.ts";
export { createHealth, type Health } from "./services/health/health.ts";
