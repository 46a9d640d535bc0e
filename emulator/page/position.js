/** The form that shares a position: a sample or figures. */
import { openForm } from "./dialogs.js";
import { el, field, option } from "./dom.js";

const SAMPLES = [
  ["Duomo", 45.46369, 9.18698], ["Giambellino", 45.44712, 9.1371], ["Corvetto", 45.43694, 9.22818],
  ["Quarto Oggiaro", 45.51369, 9.13772], ["Via Padova", 45.50162, 9.23426],
  ["Baggio", 45.45959, 9.08732], ["Outside the city: Monza", 45.5845, 9.2744],
  ["Far away: Cairo", 30.0444, 31.2357],
];

/** `send({latitude, longitude})` is awaited; what it throws stays in the dialog. */
export function askPosition(send) {
  const number = (name, limit) => el("input", {
    name, type: "number", step: "any", min: -limit, max: limit, required: true,
  });
  const latitude = number("latitude", 90);
  const longitude = number("longitude", 180);
  const fill = (index) => { [, latitude.value, longitude.value] = SAMPLES[index]; };
  const samples = el("select", { onchange: () => fill(samples.selectedIndex) },
    SAMPLES.map(([name], index) => option(index, name)));
  fill(0);
  const content = [field("Where", samples), field("Latitude", latitude),
    field("Longitude", longitude)];
  openForm("Share a position", content, "Send position", () =>
    send({ latitude: Number(latitude.value), longitude: Number(longitude.value) }));
}
