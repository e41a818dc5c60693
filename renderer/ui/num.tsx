/** A number with its unit: one left-to-right piece in every language. */
export function Num({ children, className }: { children: string; className?: string }) {
  return (
    <bdi dir="ltr" className={className}>
      {children}
    </bdi>
  );
}
