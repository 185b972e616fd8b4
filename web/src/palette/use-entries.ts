import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { use, useMemo } from "react";
import { useLocation } from "wouter";
import { copyText } from "../components/copy-text.ts";
import { useReader } from "../reader/use-reader.ts";
import { placedPages } from "../shell/pages.ts";
import { protocols } from "../transport/protocol.ts";
import { withProtocol } from "../transport/protocol-search.ts";
import { RecorderContext } from "../transport/recorder-context.ts";
import { useProtocol } from "../transport/use-protocol.ts";
import type { Entry } from "./entry.ts";
import { methodEntries } from "./method-entries.ts";

const schemes: Readonly<Record<MantineColorScheme, string>> = { auto: "As the system", light: "Light", dark: "Dark" };

/** Goes to an address of the app, with the chosen protocol. */
export function useGo(): (href: string) => void {
  const [, navigate] = useLocation();
  const { protocol } = useProtocol();
  return (href) => navigate(withProtocol(href, protocol));
}

/** Everything that the palette can do, apart from what the server finds. */
export function useEntries(): readonly Entry[] {
  const go = useGo();
  const { setProtocol } = useProtocol();
  const { setColorScheme } = useMantineColorScheme();
  const { becomeNewReader } = useReader();
  const recorder = use(RecorderContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done does not change while the palette is open
  return useMemo(
    () => [
      ...placedPages.map(({ path, label }): Entry => ({ id: path, group: "Pages", label, run: () => go(path) })),
      {
        id: "notebook",
        group: "Pages",
        label: "Notebook",
        note: "of the calculator",
        run: () => go("/calculator#notebook"),
      },
      ...protocols.map(
        ({ protocol, longLabel }): Entry => ({
          id: protocol,
          group: "Protocol",
          label: longLabel,
          note: "for every call of the page",
          run: () => setProtocol(protocol),
        }),
      ),
      ...Object.entries(schemes).map(
        ([scheme, label]): Entry => ({
          id: `theme ${scheme}`,
          group: "Theme",
          label,
          note: "colours",
          run: () => setColorScheme(scheme as MantineColorScheme),
        }),
      ),
      ...(recorder === undefined
        ? []
        : [
            {
              id: "wire",
              group: "Actions" as const,
              label: "Open or close the Wire panel",
              run: () => recorder.setOpen(!recorder.isOpen()),
            },
          ]),
      {
        id: "copy",
        group: "Actions",
        label: "Copy the address of this page",
        run: () => void copyText(window.location.href),
      },
      { id: "reader", group: "Actions", label: "Become a new reader", run: becomeNewReader },
      ...methodEntries(go),
    ],
    [],
  );
}
