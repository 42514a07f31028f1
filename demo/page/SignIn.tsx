import type { RefObject } from 'react';

interface SignInProps {
  tenants: readonly { id: string; name: string }[];
  onSignIn: (tenantId: string) => Promise<void>;
  /** Takes the focus after a sign-out. */
  heading: RefObject<HTMLHeadingElement | null>;
}

export function SignIn({ tenants, onSignIn, heading }: SignInProps) {
  return (
    <section className="sign-in">
      <h2 tabIndex={-1} ref={heading}>
        Signed out
      </h2>
      <p>Nothing is asked and nothing is shown. Sign in as a user of</p>
      <div className="row">
        {tenants.map(({ id, name }) => (
          <button key={id} type="button" onClick={() => void onSignIn(id)}>
            {name}
          </button>
        ))}
      </div>
    </section>
  );
}
