import type { DescService } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** Names that are hard on a layout: the longest there can be without a space, right to left, without letters. */
const names = ["W".repeat(200), "ليلى", "Ἀριστοτέλης", "Ada Lovelace", "🦉".repeat(40)];

/** Fills a server through a native client with what is hard on a layout, and gives a reader some ratings. */
export async function populate(native: <S extends DescService>(service: S) => Client<S>, userId: number) {
  const greeter = native(GreeterService);
  for (const [index, name] of names.entries()) {
    await greeter.sayHello({ name, language: ["en", "ar", "el", "de", "ja"][index] ?? "" });
  }
  const ratings = native(RecommendationService);
  for (const bookId of [1, 4, 7, 9]) {
    await ratings.rateBook({ userId, bookId, change: { case: "stars", value: 5 - (bookId % 3) } });
  }
  await native(OrderService).createOrder({
    items: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((bookId) => ({ bookId, quantity: 99 })),
    phone: "+49 (30) 123-456-78-90",
    attributes: { note: "x".repeat(1_000), ["key".repeat(15)]: "ملاحظة", gift: "yes", wrap: "no", more: "…" },
    idempotencyKey: crypto.randomUUID(),
  });
}
