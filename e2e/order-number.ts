/** The number under which the page shows an order: the first eight digits of its id, as `3F2A-91C0`. */
export function orderNumber(id: string): string {
  return `${id.slice(0, 4)}-${id.slice(4, 8)}`.toUpperCase();
}
