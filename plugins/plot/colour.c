// SPDX-License-Identifier: ISC
// The map is a curve in Oklab (Bjorn Ottosson, "A perceptual color space for
// image processing", 2020): lightness grows evenly, hue turns at an even pace.
#include "colour.h"

#include <math.h>

/// Lightness 0 to 1, chroma, hue in degrees.
struct polar {
  double l;
  double c;
  double h;
};

struct rgb {
  double r;
  double g;
  double b;
};

static struct polar
curve(double t)
{
  return (struct polar){
    .l = 0.11 + 0.86 * t,
    .c = 0.015 + t * (0.57 + t * (-0.1 + t * (-0.8 + t * 0.4))),
    .h = 272.0 + t * (150.0 + t * 40.0),
  };
}

// Linear light; outside of 0 to 1 where a screen cannot show it.
static struct rgb
to_light(struct polar p)
{
  const double a = p.c * cos(p.h * M_PI / 180.0);
  const double b = p.c * sin(p.h * M_PI / 180.0);
  const double l = pow(p.l + 0.3963377774 * a + 0.2158037573 * b, 3.0);
  const double m = pow(p.l - 0.1055613458 * a - 0.0638541728 * b, 3.0);
  const double s = pow(p.l - 0.0894841775 * a - 1.2914855480 * b, 3.0);
  return (struct rgb){
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  };
}

static int
is_shown(struct rgb c)
{
  return fmin(c.r, fmin(c.g, c.b)) >= 0.0 && fmax(c.r, fmax(c.g, c.b)) <= 1.0;
}

static uint8_t
to_byte(double light)
{
  const double v = light <= 0.0031308 ? 12.92 * light
                                      : 1.055 * pow(light, 1.0 / 2.4) - 0.055;
  return (uint8_t)lround(255.0 * v);
}

void
colour_shades(struct colour* shades)
{
  for (int i = 0; i < N_SHADES; ++i) {
    struct polar p = curve(i / (N_SHADES - 1.0));
    while (!is_shown(to_light(p))) {
      p.c -= 0.002; // greyer, but as light and of the same hue
    }
    const struct rgb c = to_light(p);
    shades[i] = (struct colour){ to_byte(c.r), to_byte(c.g), to_byte(c.b) };
  }
}
