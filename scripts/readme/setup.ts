/** What a user's test setup imports. */
import '@testing-library/jest-dom/vitest';
