/** What calls cost of the methods whose contracts may not change: those that older clients speak, and those of the gRPC project. All others of them cost 1. */
export const COSTS_BESIDE_CONTRACTS: ReadonlyMap<string, number> = new Map([
  ["Recommendations/Recommend", 10],
  ["order.OrderHandler/create_order", 5],
  // A server that is busy must not be taken for one that has failed.
  ["grpc.health.v1.Health/Check", 0],
  ["grpc.health.v1.Health/List", 0],
  ["grpc.health.v1.Health/Watch", 0],
]);
