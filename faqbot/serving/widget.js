// Chat for the page (no data-faq) and for any other one (data-faq="https://…"): a bubble in a shadow root.
(() => {
  const me = document.currentScript;
  const base = (me.dataset.faq || "").replace(/\/+$/, "");
  const policy = self.trustedTypes?.createPolicy?.("faqbot", { createHTML: (text) => text });
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const fill = (place, html) => {
    place.insertAdjacentHTML("beforeend", policy ? policy.createHTML(html) : html);
  };
  const note = (log, kind, text) => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = text;
    log.append(line);
    return line;
  };
  const failure = async (answer) => {
    if (answer?.status === 429) {
      return `Too many questions at once. Try again in ${answer.headers.get("Retry-After") || "a few"} seconds.`;
    }
    return (await answer?.json().catch(() => null))?.error || "The answers cannot be reached. Try again in a moment.";
  };
  const wire = (root) => {
    const log = root.querySelector(".log form");
    const field = root.querySelector(".ask input[name=question]");
    let conversation = root.querySelector(".ask input[name=conversation]").value || "new";
    let busy = false;
    const ask = async (question) => {
      if (busy || !question.trim()) return;
      busy = true;
      log.setAttribute("aria-busy", "true");
      const asked = note(log, "asked", question);
      let answer;
      try {
        answer = await fetch(`${base}/chat`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ question, conversation }),
          credentials: "omit",
        });
      } catch {}
      if (answer?.ok) {
        const told = await answer.json();
        conversation = told.conversation;
        fill(log, told.html);
      } else {
        note(log, "failed", await failure(answer));
        field.value = field.value || question;
      }
      log.removeAttribute("aria-busy");
      asked.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
      busy = false;
    };
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter;
      const picked = button?.name === "question";
      const question = picked ? button.value : field.value;
      if (!picked) field.value = "";
      field.focus({ preventScroll: true });
      ask(question);
    });
  };
  if (!base) {
    const begin = () => wire(document.querySelector("main"));
    document.readyState === "loading" ? addEventListener("DOMContentLoaded", begin) : begin();
    return;
  }
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  box.className = "faq widget";
  box.dir = getComputedStyle(document.documentElement).direction;
  const panel = document.createElement("div");
  panel.className = "panel";
  panel.hidden = true;
  panel.id = "faq-panel";
  panel.setAttribute("role", "dialog");
  const bubble = document.createElement("button");
  bubble.className = "bubble";
  bubble.textContent = me.dataset.label || "Questions?";
  bubble.setAttribute("aria-expanded", "false");
  bubble.setAttribute("aria-controls", panel.id);
  const { accent, title, notice } = me.dataset;
  if (accent && CSS.supports("color", accent)) {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = accent;
    const [r, g, b] = canvas.fillStyle.match(/[0-9a-f]{2}/gi).map((part) => (parseInt(part, 16) / 255) ** 2.2);
    box.style.setProperty("--accent", accent);
    box.style.setProperty("--on-accent", 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000" : "#fff");
  }
  let loaded = false;
  const open = async (is) => {
    panel.hidden = !is;
    bubble.setAttribute("aria-expanded", is);
    if (!is) return bubble.focus();
    if (!loaded) {
      loaded = true;
      const answer = await fetch(`${base}/chat`, { credentials: "omit" }).catch(() => null);
      panel.replaceChildren();
      if (answer?.ok) {
        fill(panel, (await answer.json()).html);
        const head = panel.querySelector("h1");
        if (title) head.textContent = title;
        if (notice) panel.querySelector(".notice").textContent = notice;
        panel.setAttribute("aria-label", head.textContent);
        wire(panel);
      } else {
        loaded = false;
        note(panel, "failed", await failure(answer));
      }
    }
    panel.querySelector(".ask input[name=question]")?.focus();
  };
  bubble.addEventListener("click", () => open(panel.hidden));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) open(false);
  });
  box.append(panel, bubble);
  shadow.append(box);
  const show = () => document.body.append(host);
  document.body ? show() : addEventListener("DOMContentLoaded", show);
})();
