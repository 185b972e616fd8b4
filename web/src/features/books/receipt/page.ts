import { IconBooks } from "@tabler/icons-react";
import type { PageEntry } from "../../../shell/page-entry.ts";

/** The receipts of orders. */
export const page: PageEntry = {
  path: "/orders/:id",
  label: "Order",
  place: 32,
  icon: IconBooks,
  partOf: "/books",
  hue: "verdigris",
  load: async () => (await import("./receipt-page.tsx")).ReceiptPage,
};
