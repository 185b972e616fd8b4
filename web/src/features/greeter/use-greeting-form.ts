import { useEffect, useState } from "react";
import { keptForTab } from "../../storage/kept-storage.ts";
import { type GreetingForm, parseGreetingForm } from "./greeting-form.ts";

const storageKey = "triptych.greeting-form";

/** The form of the page, kept for as long as the tab is open. Where the browser keeps nothing, for as long as the page is. */
export function useGreetingForm(): readonly [form: GreetingForm, setForm: (form: GreetingForm) => void] {
  const [form, setForm] = useState(load);
  useEffect(() => save(form), [form]);
  return [form, setForm];
}

function load(): GreetingForm {
  return parseGreetingForm(keptForTab.getItem(storageKey));
}

function save(form: GreetingForm): void {
  keptForTab.setItem(storageKey, JSON.stringify(form));
}
