import { create, toBinary, toJson } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { GetOrderResponseSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";

const ITEMS = 10;

/** What GetOrder answers in benchmarks: an order of ten books. */
export const orderResponse = create(GetOrderResponseSchema, {
  order: {
    id: "0198c0de-7a11-7b0c-9d3e-2f6a5b4c3d2e",
    items: Array.from({ length: ITEMS }, (_, index) => ({
      bookId: 1_000 + 37 * index,
      quantity: 1 + (index % 3),
      title: `The Collected Stories, Volume ${index + 1}`,
    })),
    phone: "+49 30 901820",
    attributes: { gift: "yes", note: "Ring twice, please" },
    price: "129.50",
    time: timestampFromDate(new Date("2026-11-01T12:00:00Z")),
  },
});

/** The same as the bytes of protocol buffers. */
export const orderBytes = toBinary(GetOrderResponseSchema, orderResponse);

/** The same as the plain object that stands for it in JSON. */
export const orderObject = toJson(GetOrderResponseSchema, orderResponse);
