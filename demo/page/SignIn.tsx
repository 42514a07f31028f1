interface SignInProps {
  tenants: readonly { id: string; name: string }[];
  onSignIn: (tenantId: string) => void;
}

export function SignIn({ tenants, onSignIn }: SignInProps) {
  return (
    <section className="sign-in">
      <h2>Signed out</h2>
      <p>Nothing is asked and nothing is shown. Sign in as a user of</p>
      <div className="row">
        {tenants.map(({ id, name }) => (
          <button key={id} type="button" onClick={() => onSignIn(id)}>
            {name}
          </button>
        ))}
      </div>
    </section>
  );
}
