import { IconArrowDown, IconArrowsDiff, IconArrowsExchange, IconArrowUp, type TablerIcon } from "@tabler/icons-react";
import { kindName, type MethodKind } from "../schema/method-kind.ts";

const icons: Readonly<Record<MethodKind, TablerIcon>> = {
  unary: IconArrowsExchange,
  server_streaming: IconArrowDown,
  client_streaming: IconArrowUp,
  bidi_streaming: IconArrowsDiff,
};

/** The picture of a kind of call, named after it. */
export function KindIcon({ kind }: { readonly kind: MethodKind }) {
  const Icon = icons[kind];
  return <Icon role="img" aria-label={kindName(kind)} size={16} stroke={1.75} />;
}
