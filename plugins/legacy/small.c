// SPDX-License-Identifier: ISC
// The small old nodes: what every graph of them began with.
#include "classes.h"

#include <math.h>
#include <stdio.h>

// PassThrough ----------------------------------------------------------------

static json_t*
pass(struct rill_legacy_node* node, json_t* input)
{
  return legacy_outputs(node, json_incref(input));
}

const struct legacy_class pass_class = {
  .n_bytes = sizeof(struct rill_legacy_node), .process = pass
};

// Echo -----------------------------------------------------------------------

struct echo {
  struct rill_legacy_node node;
  json_int_t counter;
  char name[128];
};

static int
echo_init(struct rill_legacy_node* node, const json_t* params)
{
  const char* const name =
    json_string_value(json_object_get(params, "node"));
  struct echo* const self = (struct echo*)node;
  snprintf(self->name, sizeof self->name, "%s", name ? name : "Echo");
  return 0;
}

static json_t*
echo(struct rill_legacy_node* node, json_t* input)
{
  struct echo* const self = (struct echo*)node;
  return legacy_outputs(node, json_pack("{s:O, s:I, s:s}", "input", input,
                                        "counter", ++self->counter, "node",
                                        self->name));
}

const struct legacy_class echo_class = {
  .n_bytes = sizeof(struct echo), .init = echo_init, .process = echo
};

// CalculatorNode, MultiplyNode, AddNode ---------------------------------------

enum operation { ADD, SUBTRACT, MULTIPLY, DIVIDE, N_OPERATIONS };

static const char* const operations[N_OPERATIONS] = { "add", "subtract",
                                                      "multiply", "divide" };

struct sum {
  struct rill_legacy_node node;
  int operation;
  json_t* operand; // a number
};

static int
take_operand(struct sum* self, const json_t* params, const char* key,
             json_int_t otherwise)
{
  json_t* const value = json_object_get(params, key);
  if (value && !json_is_number(value)) {
    return legacy_fail(&self->node, "parameter '%s' is a number", key);
  }
  self->operand = value ? json_incref(value) : json_integer(otherwise);
  return self->operand ? 0 : legacy_fail(&self->node, "out of memory");
}

static int
calculator_init(struct rill_legacy_node* node, const json_t* params)
{
  struct sum* const self = (struct sum*)node;
  return legacy_get_choice(node, params, "operation", operations, N_OPERATIONS,
                           ADD, &self->operation)
           ? -1
           : take_operand(self, params, "operand", 0);
}

static int
multiply_init(struct rill_legacy_node* node, const json_t* params)
{
  struct sum* const self = (struct sum*)node;
  self->operation = MULTIPLY;
  return take_operand(self, params, "factor", 2);
}

static int
add_init(struct rill_legacy_node* node, const json_t* params)
{
  struct sum* const self = (struct sum*)node;
  self->operation = ADD;
  return take_operand(self, params, "addend", 0);
}

// Whole numbers stay whole while they fit. 0: they do not.
static int
compute_whole(int operation, json_int_t a, json_int_t b, json_int_t* out)
{
  switch (operation) {
    case ADD: return !__builtin_add_overflow(a, b, out);
    case SUBTRACT: return !__builtin_sub_overflow(a, b, out);
    case MULTIPLY: return !__builtin_mul_overflow(a, b, out);
    default:
      if (b == -1 || a % b) {
        return 0;
      }
      *out = a / b;
      return 1;
  }
}

static double
compute_real(int operation, double a, double b)
{
  return operation == ADD        ? a + b
         : operation == SUBTRACT ? a - b
         : operation == MULTIPLY ? a * b
                                 : a / b;
}

static json_t*
compute(struct sum* self, const json_t* number)
{
  const double b = json_number_value(self->operand);
  json_int_t whole;
  if (!json_is_number(number)) {
    legacy_fail(&self->node, "the input is neither a number nor a list of them");
    return NULL;
  }
  if (self->operation == DIVIDE && b == 0) {
    legacy_fail(&self->node, "Division by zero");
    return NULL;
  }
  if (json_is_integer(number) && json_is_integer(self->operand) &&
      compute_whole(self->operation, json_integer_value(number),
                    json_integer_value(self->operand), &whole)) {
    return json_integer(whole);
  }
  const double real =
    compute_real(self->operation, json_number_value(number), b);
  if (!isfinite(real)) {
    legacy_fail(&self->node, "the result is too large for a number");
    return NULL;
  }
  return json_real(real);
}

static json_t*
calculate(struct rill_legacy_node* node, json_t* input)
{
  struct sum* const self = (struct sum*)node;
  if (!json_is_array(input)) {
    return legacy_outputs(node, compute(self, input));
  }
  json_t* const list = json_array();
  for (size_t i = 0; list && i < json_array_size(input); ++i) {
    if (json_array_append_new(list, compute(self, json_array_get(input, i)))) {
      json_decref(list);
      return legacy_outputs(node, NULL);
    }
  }
  return legacy_outputs(node, list);
}

static void
sum_fini(struct rill_legacy_node* node)
{
  json_decref(((struct sum*)node)->operand);
}

const struct legacy_class calculator_class = {
  .n_bytes = sizeof(struct sum), .init = calculator_init, .process = calculate,
  .fini = sum_fini
};
const struct legacy_class multiply_class = {
  .n_bytes = sizeof(struct sum), .init = multiply_init, .process = calculate,
  .fini = sum_fini
};
const struct legacy_class add_class = {
  .n_bytes = sizeof(struct sum), .init = add_init, .process = calculate,
  .fini = sum_fini
};
