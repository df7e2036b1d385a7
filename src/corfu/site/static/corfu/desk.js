// Keys for the chair's desk: j and k go from point to point, a digit makes a choice. The form works without them.
(() => {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const keys = document.getElementById("keys");
  keys.parentElement.hidden = false;
  const points = [...desk.querySelectorAll("fieldset.point")];
  const radios = (point) => [...point.querySelectorAll('input[type="radio"]')];
  const here = () => points.findIndex((point) => point.contains(document.activeElement));

  const writing = (where) => where.closest("textarea, select, input:not([type=radio], [type=checkbox])");

  const go = (step) => {
    const at = document.activeElement.id === "on" ? points.length : here();
    const next = points[at < 0 ? 0 : at + step];
    if (!next) return step > 0 && document.getElementById("on")?.focus();
    (radios(next).find((one) => one.checked) || radios(next)[0]).focus();
    next.scrollIntoView({ block: "center" });
  };

  const choose = (digit) => {
    const found = radios(points[here()])[digit];
    if (!found) return;
    found.checked = true;
    found.focus();
  };

  // By the key's place where it gives neither letter nor figure of ours: a Russian, a Greek, a French keyboard.
  const pressed = (event) =>
    /^[a-z0-9]$/.test(event.key) || event.shiftKey || event.getModifierState("AltGraph")
      ? event.key
      : event.code.replace(/^(Key|Digit)/, "").toLowerCase();

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const key = pressed(event);
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (/^[0-9]$/.test(key) && here() >= 0) choose(Number(key));
    else return;
    event.preventDefault();
  });
})();
