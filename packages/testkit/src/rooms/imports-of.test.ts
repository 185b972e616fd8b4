import { expect, it } from "vitest";
import { importsOf } from "./imports-of.ts";

it.each([
  ['import { a } from "./b.ts";', "./b.ts", "x/b.ts"],
  ['import type { A } from "../b.ts";', "../b.ts", "b.ts"],
  ['import {\n  a,\n  type B,\n} from "node:fs";', "node:fs", undefined],
  ['export { a } from "./b.ts";', "./b.ts", "x/b.ts"],
  ['import "./b.css";', "./b.css", "x/b.css"],
  ['const b = () => import("./b.tsx");', "./b.tsx", "x/b.tsx"],
  ['new Worker(new URL("./b.ts", import.meta.url))', "./b.ts", "x/b.ts"],
  ['import { a } from "@triptych/rpc/port/http.ts";', "@triptych/rpc/port/http.ts", "packages/rpc/src/port/http.ts"],
  ['import { a } from "@triptych/rpc-web";', "@triptych/rpc-web", "packages/rpc-web/src/index.ts"],
  ['import { a } from "@triptych/wire/frames.ts";', "@triptych/wire/frames.ts", "wire/frames.ts"],
])("reads %j", (text, specifier, target) => {
  expect(importsOf("x/a.ts", text)).toEqual([{ specifier, target }]);
});

it.each(['// import { a } from "./b.ts";', ' * as in `import { a } from "./b.ts"`', 'const text = `from a`, b = "c";'])(
  "reads nothing in %j",
  (text) => {
    expect(importsOf("x/a.ts", text)).toEqual([]);
  },
);
