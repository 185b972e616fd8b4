import { createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

const greetings = [
  { name: "Hypatia", language: "el" },
  { name: "Ramanujan", language: "hi" },
  { name: "Wisława", language: "pl" },
  { name: "Murasaki", language: "ja" },
  { name: "Émilie", language: "fr" },
  { name: "الخوارزمي", language: "ar" },
  { name: "Ada", language: "en" },
  { name: "Emmy", language: "de" },
  { name: "Wangari", language: "sw" },
] as const;

/** Makes greetings over every protocol, one after the other. */
export async function greetEveryone(baseUrl: string): Promise<void> {
  const clients = transports(baseUrl).map((transport) => createClient(GreeterService, transport));
  for (const [index, greeting] of greetings.entries()) {
    // One that is greeted again makes the methods on the wall differ, too.
    const client = clients[index % clients.length];
    await (index % 4 === 3 ? client?.sayHelloAgain(greeting) : client?.sayHello(greeting));
  }
}

/** Rates books of several kinds as a reader, and orders some. */
export async function readAndOrder(baseUrl: string, userId: number): Promise<void> {
  const [transport] = transports(baseUrl);
  const ratings = createClient(RecommendationService, transport);
  for (const [bookId, value] of [
    [5, 5],
    [2, 4],
    [8, 2],
  ] as const) {
    await ratings.rateBook({ userId, bookId, change: { case: "stars", value } });
  }
  await createClient(OrderService, transport).createOrder({
    items: [
      { bookId: 4, quantity: 1 },
      { bookId: 3, quantity: 2 },
    ],
    phone: "+44 20 7946 0958",
    attributes: { note: "A towel as wrapping paper, please" },
    idempotencyKey: crypto.randomUUID(),
  });
}

/** Rates a book as a reader from a native client. */
export async function rateNatively(baseUrl: string, userId: number, bookId: number, stars: number): Promise<void> {
  const client = createClient(RecommendationService, transports(baseUrl)[0]);
  await client.rateBook({ userId, bookId, change: { case: "stars", value: stars } });
}

/** gRPC, gRPC-Web and Connect. */
function transports(baseUrl: string): [Transport, Transport, Transport] {
  const options = { baseUrl, idleConnectionTimeoutMs: 100 };
  return [
    createGrpcTransport(options),
    createGrpcWebTransport({ ...options, httpVersion: "2" }),
    createConnectTransport({ ...options, httpVersion: "2" }),
  ];
}
