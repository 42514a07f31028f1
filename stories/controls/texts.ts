import type { DashboardLabelOverrides } from 'react-upsolve-tenant';

const LONG =
  'Die Verbindung zum Auswertungsdienst wurde unterbrochen und wird in Kürze wiederhergestellt; bitte haben Sie noch einen Augenblick Geduld. Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle.';

/** Texts in another language: what is left out stays as it is by default. */
export const FRENCH = {
  title: 'Ventes',
  loading: 'Chargement du tableau de bord…',
  expired: 'Reconnexion…',
  errorTitles: { busy: 'Le tableau de bord n’est pas disponible', access: 'Accès refusé' },
  errors: {
    busy: 'Impossible de charger le tableau de bord. Cette page réessaie.',
    access: 'Vous n’avez pas accès à ce tableau de bord.',
  },
  retry: 'Réessayer',
  retrying: 'Nouvel essai…',
  nextTry: 'Prochain essai dans {time}',
  dismiss: 'Fermer',
  notice: 'La connexion est instable.',
} satisfies DashboardLabelOverrides;

export const HEBREW = {
  title: 'מכירות',
  loading: 'לוח המחוונים נטען…',
  expired: 'מתחבר מחדש…',
  errorTitles: { offline: 'אין חיבור', session: 'תוקף החיבור שלך פג', access: 'אין גישה' },
  errors: {
    offline: 'יש לבדוק את החיבור. ננסה שוב בקרוב.',
    session: 'יש להיכנס שוב כדי לראות את לוח המחוונים.',
    access: 'יש לבקש גישה ממנהל המערכת.',
  },
  retry: 'לנסות שוב',
  retrying: 'מנסה שוב…',
  nextTry: 'ניסיון נוסף בעוד {time}',
  dismiss: 'סגירה',
  notice: 'החיבור אבד.',
} satisfies DashboardLabelOverrides;

/** Texts may be long, and may hold words that don't break. */
export const VERY_LONG = {
  errorTitles: { busy: LONG },
  errors: { busy: LONG },
  retry: LONG,
  retrying: LONG,
  loading: LONG,
  notice: LONG,
} satisfies DashboardLabelOverrides;
