import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render-app.tsx";
import { BoundedInput } from "./bounded-input.tsx";

function Form({ kept }: { readonly kept: string[] }) {
  const [value, setValue] = useState("");
  function keep(text: string) {
    kept.push(text);
    setValue(text);
  }
  return <BoundedInput label="Token" longest={3} value={value} onChange={keep} />;
}

it("cuts nothing off, says what is too long, and keeps what fits", async () => {
  const kept: string[] = [];
  renderApp(<Form kept={kept} />);
  const user = userEvent.setup();
  const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Token" });
  await user.type(field(), "abc");
  await user.paste("de");
  expect([field().value, kept.at(-1)]).toEqual(["abcde", "abc"]);
  expect(screen.getByText("must have at most 3 characters: got 5")).toBeDefined();
  await user.keyboard("{Backspace}{Backspace}{Backspace}");
  expect([field().value, kept.at(-1)]).toEqual(["ab", "ab"]);
  expect(screen.queryByText(/must have at most/)).toBeNull();
});
