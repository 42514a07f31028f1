/** A stand-in for the hub's share page: it takes 400 ms to paint, in a colour of its token; one that is `held`, until told. */
const PAINT_MS = 400;

export const SHARE_PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Shared</title></head>
  <body style="margin:0;background:#fff">
    <script>
      const query = new URLSearchParams(location.search);
      const token = query.get('jwt');
      const parentOrigin = query.get('parentOrigin');
      const say = (message, origin) => parent.postMessage(message, origin);
      let filters = '';
      say({ share: 'start' }, '*');
      const paint = () => {
        let hue = 0;
        for (const char of token) hue = (hue * 31 + char.charCodeAt(0)) % 360;
        document.body.style.background = 'hsl(' + hue + ' 80% 40%)';
        document.body.innerHTML = '<main style="height:100vh"><h1 style="color:#fff;background:#000">' + token +
          '</h1><input aria-label="Inside"></main>';
        requestAnimationFrame(() => requestAnimationFrame(() => {
          say({ share: 'painted' }, '*');
          if (parentOrigin) say({ type: 'embed:ready', v: 1 }, parentOrigin);
        }));
      };
      if (!token.endsWith('held')) setTimeout(paint, ${PAINT_MS});
      if (parentOrigin) {
        window.setFilters = (search) => {
          filters = search;
          document.title = search;
          say({ type: 'embed:params', v: 1, search: filters + (filters ? '&' : '?') + 'jwt=stripped' }, parentOrigin);
        };
        addEventListener('message', ({ data, origin }) => {
          if (origin === parentOrigin && data.type === 'embed:set-params') setFilters(data.search);
        });
      }
    </script>
  </body>
</html>`;
