/** Who may call a method: each may do what those before it may. */
export type MayCall = "anyone" | "signed in" | "owner" | "admin";

/** Who may call the methods whose contracts may not change: those that older clients speak, and those of the gRPC project. */
export const POLICIES_BESIDE_CONTRACTS: ReadonlyMap<string, MayCall> = new Map([
  ["Cal/Add", "anyone"],
  ["Cal/Multiply", "anyone"],
  ["Recommendations/Recommend", "owner"],
  ["helloworld.Greeter/SayHello", "signed in"],
  ["helloworld.Greeter/SayHelloAgain", "signed in"],
  ["order.OrderHandler/create_order", "owner"],
  ["test.grpc_test/Hello_grpc", "signed in"],
  ["test.grpc_test/helle_test", "signed in"],
  ["test.grpc_test/test_client", "signed in"],
  ["test.grpc_test/test_client_stream", "signed in"],
  // Probes and balancers have no name; what they are told is whether the server is well.
  ["grpc.health.v1.Health/Check", "anyone"],
  ["grpc.health.v1.Health/List", "anyone"],
  ["grpc.health.v1.Health/Watch", "anyone"],
  // What the sources say anyway.
  ["grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "anyone"],
  ["grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "anyone"],
]);
