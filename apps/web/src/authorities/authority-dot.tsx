/** The colour of an authority; its name always stands beside it. */
export const AuthorityDot = ({ hue }: { readonly hue: number }) => (
  <span className="auth-dot" aria-hidden="true" style={{ background: `hsl(${hue} 62% 48%)` }} />
);
