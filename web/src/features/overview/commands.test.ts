import { expect, it } from "vitest";
import { commandsFor } from "./commands.ts";

const textsFor = (origin: string) => commandsFor(origin).map(({ text }) => text);

it("greets at the address of the page", () => {
  const [curl, grpcurl, python] = textsFor("http://localhost:8080");
  expect(curl).toContain("http://localhost:8080/triptych.greeter.v1.GreeterService/SayHello");
  expect(grpcurl).toContain("grpcurl -plaintext ");
  expect(grpcurl).toContain(" localhost:8080 triptych.greeter.v1.GreeterService/SayHello");
  expect(python).toContain('url = "http://localhost:8080/triptych.greeter.v1.GreeterService/SayHello"');
});

it("names the port that an address leaves out, and no plain text where there is TLS", () => {
  const [, grpcurl] = textsFor("https://app.example.com");
  expect(grpcurl).toContain(" app.example.com:443 ");
  expect(grpcurl).not.toContain("-plaintext");
});
