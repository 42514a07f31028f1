/** Where nobody is signed in: what is here, and the way to it. */
export function SignInPlace() {
  return (
    <div
      style={{
        display: 'grid',
        placeContent: 'center',
        justifyItems: 'center',
        gap: 12,
        height: '100%',
        padding: 24,
        boxSizing: 'border-box',
        borderRadius: 8,
        border: '1px dashed color-mix(in srgb, currentColor 45%, transparent)',
        textAlign: 'center',
      }}
    >
      <p style={{ margin: 0, fontWeight: 600 }}>Sign in to see your sales</p>
      <p style={{ margin: 0, maxWidth: '24rem' }}>This dashboard is for the people of your company.</p>
      <a
        href="#sign-in"
        style={{
          padding: '0.5rem 1rem',
          borderRadius: 8,
          background: 'CanvasText',
          color: 'Canvas',
          textDecoration: 'none',
        }}
      >
        Sign in
      </a>
    </div>
  );
}
