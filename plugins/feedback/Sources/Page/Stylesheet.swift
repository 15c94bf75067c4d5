/// How the page looks: one small sheet, light and dark, wide and narrow.
enum Stylesheet {
    static let text = """
        :root { color-scheme: light dark; --ink: #1c2430; --paper: #f4f6f8; --card: #fff; --line: #cfd6de; --accent: #0b63ce; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e7ecf2; --paper: #12161c; --card: #1c222b; --line: #3a4553; --accent: #6aa8ff; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { max-width: 40rem; margin: 8vh auto 2rem; padding: 2rem; background: var(--card);
          border: 1px solid var(--line); border-radius: .75rem; }
        h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.25; }
        fieldset { border: 0; padding: 0; margin: 1.5rem 0; }
        legend, .comment { display: block; padding: 0; margin-bottom: .6rem; font-weight: 600; }
        .scores { display: grid; grid-template-columns: repeat(5, 1fr); gap: .5rem; }
        .scores label { position: relative; cursor: pointer; }
        .scores input { position: absolute; opacity: 0; inset: 0; }
        .scores span { display: block; height: 100%; padding: .7rem .3rem; text-align: center; font-size: .9rem;
          border: 1px solid var(--line); border-radius: .5rem; }
        .scores b { display: block; font-size: 1.4rem; }
        .scores input:checked + span { color: var(--accent); border-color: var(--accent);
          box-shadow: inset 0 0 0 1px var(--accent); }
        .scores input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
        textarea { width: 100%; padding: .6rem; font: inherit; color: inherit; background: transparent;
          border: 1px solid var(--line); border-radius: .5rem; }
        button { margin-top: 1rem; padding: .7rem 1.6rem; font: inherit; font-weight: 600; color: #fff; background: #0b63ce;
          border: 0; border-radius: .5rem; cursor: pointer; }
        button:hover { background: #084e9f; }
        .alert { padding: .6rem .8rem; border-left: .3rem solid #c62828; background: rgba(198, 40, 40, .1); }
        .other { margin: 1.5rem 0 0; font-size: .9rem; }
        a { color: var(--accent); }
        @media (max-width: 30rem) {
          main { margin: 0; min-height: 100vh; border: 0; border-radius: 0; padding: 1.25rem; }
          .scores { grid-template-columns: 1fr; }
          .scores span { text-align: left; padding: .6rem .8rem; }
          .scores b { display: inline; margin-right: .5rem; }
        }

        """
}
