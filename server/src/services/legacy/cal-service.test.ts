import { Code, createClient } from "@connectrpc/connect";
import { Cal } from "@triptych/proto/calculator_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { createCalService } from "./cal-service.ts";

const transport = createInMemoryTransport((router) => router.service(Cal, createCalService()));
const client = createClient(Cal, transport);

describe("the older calculator contract", () => {
  it("adds and multiplies to the ends of int32", async () => {
    expect(await client.add({ number1: 2_147_483_646, number2: 1 })).toMatchObject({ number: 2_147_483_647 });
    expect(await client.multiply({ number1: -65_536, number2: 32_768 })).toMatchObject({ number: -2_147_483_648 });
  });

  it("is out of range beyond them, never a wrapped number", async () => {
    const numbers = { number1: 2_147_483_647, number2: 2 };
    await expect(client.add(numbers)).rejects.toMatchObject({ code: Code.OutOfRange });
    await expect(client.multiply(numbers)).rejects.toMatchObject({ code: Code.OutOfRange });
  });
});
