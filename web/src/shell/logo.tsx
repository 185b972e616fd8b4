/** The sign of Triptych: an altarpiece of three hinged panels, the wings open. Decorative: the name stands beside it. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size * 1.25} height={size} viewBox="0 0 40 32" aria-hidden="true" focusable="false">
      <path d="M1 30V5c5.5.4 9.2 4.4 9.5 9.5V30z" fill="var(--tri-lapis)" />
      <path d="M12 30V10a8 8 0 0 1 16 0v20z" fill="var(--tri-vermilion)" />
      <path d="M39 30V5c-5.5.4-9.2 4.4-9.5 9.5V30z" fill="var(--tri-verdigris)" />
      <path d="M10.5 18.5H12M10.5 25.5H12M28 18.5h1.5M28 25.5h1.5" stroke="var(--tri-gold)" strokeWidth="2.5" />
    </svg>
  );
}
