import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it, vi } from "vitest";
import { noPostgres, usePostgres } from "../src/storage/postgres/testing/use-postgres.ts";
import { modelServed } from "../src/testing/model-served.ts";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";

const postgres = usePostgres();
const stores = {
  SQLite: async () => ({}),
  Postgres: async () => ({ DATABASE_URL: await postgres.newSchema() }),
};

describe.each(["SQLite", "Postgres"] as const)("a server on %s", (name) => {
  describe.skipIf(name === "Postgres" && noPostgres !== undefined)(noPostgres ?? "as its clients see it", () => {
    // A model is trained first, for which a busy machine takes its time.
    vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

    const server = useServer(stores[name]);
    const transport = () => createTransport("grpc", server.baseUrl);
    const greeter = () => createClient(GreeterService, transport());
    const orders = () => createClient(OrderService, transport());
    const books = () => createClient(RecommendationService, transport());

    it("is ready, and says so", async () => {
      expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
    });

    it("stores greetings, and shows them to who watches from a position", async () => {
      await greeter().sayHello({ name: "Ada" });
      await using watched = openStream((options) => greeter().watchGreetings({ afterSequence: 0n }, options));
      const [position, greeting] = await watched.take(2);
      expect(position?.update).toMatchObject({
        case: "position",
        value: { sequence: 0n, logId: expect.stringMatching(/./) },
      });
      expect(greeting?.update).toMatchObject({ case: "greeting", value: { sequence: 1n, name: "Ada" } });
    });

    it("takes an order of a key once, and rejects another of that key", async () => {
      const order = { items: [{ bookId: 1 }], phone: "+49 30 123", idempotencyKey: "a key" };
      const first = await orders().createOrder(order);
      const again = await orders().createOrder(order);
      expect(again.order?.id).toBe(first.order?.id);
      const refusal = await refusalOf(orders().createOrder({ ...order, phone: "+49 30 124" }));
      expect(refusal.code).toBe("AlreadyExists");
      expect((await orders().listOrders({})).orders).toHaveLength(1);
    });

    it("ranks the lists of a reader anew for a rating, and shows that in the trends", async () => {
      await modelServed(server.baseUrl);
      await using lists = openStream((options) => books().watchRecommendations({ userId: 7 }, options));
      await lists.next();
      await books().rateBook({ userId: 7, bookId: 30, change: { case: "stars", value: 5 } });
      for (;;) {
        const { update } = await lists.next();
        if (update.case === "list" && update.value.changedBookId === 30) break;
      }
      expect((await books().listRatings({ userId: 7 })).ratings).toMatchObject([{ stars: 5 }]);
      expect((await books().listTrendingBooks({})).trendingBooks).toContainEqual(
        expect.objectContaining({ book: expect.objectContaining({ id: 30 }) }),
      );
    });

    it("counts its writes", async () => {
      expect(await server.readMetric("store_batch_writes_count")).toBeGreaterThan(0);
    });
  });
});
