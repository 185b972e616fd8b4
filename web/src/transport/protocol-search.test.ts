import { expect, it } from "vitest";
import { parseProtocol } from "./protocol.ts";
import { withProtocol } from "./protocol-search.ts";

it.each([
  ["/books", "connect-json", "/books?protocol=connect-json"],
  ["/books", "grpc-web", "/books"],
  ["/books?q=dune", "connect", "/books?q=dune&protocol=connect"],
  ["/books?protocol=connect&q=dune", "grpc-web", "/books?q=dune"],
  ["/books?q=dune#list", "connect", "/books?q=dune&protocol=connect#list"],
] as const)("writes %s under %s as %s", (href, protocol, expected) => {
  expect(withProtocol(href, protocol)).toBe(expected);
});

it.each([
  ["connect-json", "connect-json"],
  ["connect", "connect"],
  ["grpc-web", "grpc-web"],
  ["grpc", "grpc-web"],
  ["", "grpc-web"],
  [null, "grpc-web"],
] as const)("reads the protocol %s as %s", (value, expected) => {
  expect(parseProtocol(value)).toBe(expected);
});
