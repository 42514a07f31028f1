import { HELD_STATES, HeldGuard } from '../bench/HeldStates';
import { SignInPlace } from '../examples/SignInPlace';
import { StoryLink } from './StoryLink';

const SCHEMES = ['light', 'dark'] as const;

/** Every state at a glance, in light and dark. Each is the guard itself, only out of reach: its story is where it works. */
export function StateGallery() {
  return (
    <ul className="gallery">
      {HELD_STATES.map(({ name, describes, storyId, state }) => (
        <li key={name} className="gallery__card">
          <h3 className="gallery__name">
            <StoryLink id={storyId}>{name}</StoryLink>
          </h3>
          <p className="gallery__text">{describes}</p>
          <div className="gallery__pair">
            {SCHEMES.map((scheme) => (
              <div key={scheme} className={`gallery__picture gallery__picture--${scheme}`} inert>
                <HeldGuard state={state} title={name} theme={scheme} idleFallback={<SignInPlace />} />
              </div>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
