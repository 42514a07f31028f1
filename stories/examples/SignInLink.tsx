/** The app's own way to sign in. The guard shows it where the session has ended. */
export function SignInLink() {
  return (
    <a href="#sign-in" style={{ color: 'inherit' }}>
      Sign in
    </a>
  );
}
