import type { ServiceImpl } from "@connectrpc/connect";
import type { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { orderResponse } from "./order.ts";

const unused = () => {
  throw new Error("no benchmark calls this");
};

/** The contract for orders with one order behind it, whichever is asked for. */
export const trivialOrders: ServiceImpl<typeof OrderService> = {
  getOrder: () => orderResponse,
  createOrder: unused,
  listOrders: unused,
  watchOrders: unused,
};
